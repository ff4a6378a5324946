import{createRequire as __cr}from'node:module';const require=__cr(import.meta.url);
var t=["domain-removed","mass-removal","mass-redirect","edited-outside","rollback"];function r(e){return t.some(o=>o===e)}export{t as a,r as b};

import{createRequire as __cr}from'node:module';const require=__cr(import.meta.url);
var s=["domain-removed","mass-removal","mass-redirect","edited-outside","rollback"];function t(e){return s.some(o=>o===e)}export{s as a,t as b};

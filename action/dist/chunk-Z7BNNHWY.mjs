import{createRequire as __cr}from'node:module';const require=__cr(import.meta.url);
var e=864e10;function o(n){return n<=e?new Date(n*1e3).toISOString():"somebody unblocks it"}export{o as a};

import{createRequire as __cr}from'node:module';const require=__cr(import.meta.url);
function e(t){return t<=864e10?new Date(t*1e3).toISOString():"somebody unblocks it"}export{e as a};

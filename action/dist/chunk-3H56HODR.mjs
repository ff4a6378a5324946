import{createRequire as __cr}from'node:module';const require=__cr(import.meta.url);
function g(i,e,r){let t=r.length===0?"":`
${r.join(`
`)}`,n=i.join(`
`),s=65024-t.length-100;for(let[h,o]of e.entries()){if(n.length+o.length+1>s)return`${n}

${e.length-h} more rows are left out here: the summary of the run has them.${t}
`;n+=`
${o}`}return`${n}${t}
`}export{g as a};

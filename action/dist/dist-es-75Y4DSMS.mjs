import{createRequire as __cr}from'node:module';const require=__cr(import.meta.url);
import{a,b,c,d,e,f,g}from"./chunk-YPAMM6FQ.mjs";import"./chunk-QTG4FWKG.mjs";import"./chunk-OSWTPGNP.mjs";import"./chunk-43ID2AUU.mjs";import"./chunk-TSHUUVCP.mjs";export{f as ENV_ACCOUNT_ID,e as ENV_CREDENTIAL_SCOPE,d as ENV_EXPIRATION,a as ENV_KEY,b as ENV_SECRET,c as ENV_SESSION,g as fromEnv};

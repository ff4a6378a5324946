/** The endings that SES does not send: https://docs.aws.amazon.com/ses/latest/dg/mime-types.html. */
const refusedEndings: ReadonlySet<string> = new Set(
  [
    'ade adp app asp bas bat cer chm cmd com cpl crt csh der exe fxp gadget hlp hta inf ins isp its js jse ksh lib lnk',
    'mad maf mag mam maq mar mas mat mau mav maw mda mdb mde mdt mdw mdz msc msh msh1 msh2 mshxml msh1xml msh2xml msi',
    'msp mst ops pcd pif plg prf prg reg scf scr sct shb shs sys ps1 ps1xml ps2 ps2xml psc1 psc2 tmp url vb vbe vbs',
    'vps vsmacros vss vst vsw vxd ws wsc wsf wsh xnk',
  ].flatMap((line) => line.split(' ')),
);

/** The name of the first attachment that SES does not send, as its MIME part's header says it. */
export function refusedAttachment(raw: Buffer): string | undefined {
  const field = /^Content-(?:Disposition|Type):[^\r\n]*(?:\r?\n[ \t][^\r\n]*)*/gim;
  for (const [text] of raw.toString('latin1').matchAll(field)) {
    const name = /\b(?:file)?name="?([^"\r\n;]+)/i.exec(text)?.[1]?.trim() ?? '';
    const ending = name.toLowerCase().split('.').at(-1) ?? '';
    if (name.includes('.') && refusedEndings.has(ending)) return name;
  }
  return undefined;
}

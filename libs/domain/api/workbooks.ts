/** Why a file that was sent is no workbook of the kind that was asked for. */
export const workbookRefusals = [
  'WorkbookTooLarge',
  'WorkbookEmpty',
  'WorkbookOldFormat',
  'WorkbookEncrypted',
  'WorkbookIsProgram',
  'WorkbookIsText',
  'WorkbookHasMacros',
  'WorkbookOtherFormat',
  'WorkbookBomb',
  'WorkbookBroken',
  'WorkbookTooManyRows',
  'WorkbookNoHeader',
  'WorkbookNoRows',
  'WorkbookNoSheet',
] as const;

export const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

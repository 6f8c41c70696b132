/** What a print says of itself: at its foot the case, the ledger's head and the moment; before the case's end also at its head that it proves nothing. */
export interface Printed {
  left: string;
  right: string;
  draft: string | null;
}

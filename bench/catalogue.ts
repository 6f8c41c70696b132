import type { Catalogue } from '../libs/domain/contract.ts';
import { catalogue as product } from '../workflows/catalogue.ts';
import { contract as ht6 } from './ht6/contract.ts';

/** The product's processes and the benchmark's own. */
export const catalogue: Catalogue = { ...product, ht6 };

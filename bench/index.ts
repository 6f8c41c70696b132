// The workflows of a benchmark: the product's and its own.
export * from '../workflows/index.ts';
export { ht6 } from './ht6/workflow.ts';

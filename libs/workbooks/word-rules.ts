import { certificateWords, educationWords, politicalWords } from '../domain/person-words.ts';
import { ethnicityWords } from './ethnicities.ts';

// How the columns of words are read that a roster and a list of applicants share.
export const ethnicity = {
  field: 'ethnicity',
  vocabulary: ethnicityWords,
  unknown: 'unknown-ethnicity',
  synonym: 'ethnicity-synonym',
} as const;
export const politicalStatus = {
  field: 'politicalStatus',
  vocabulary: politicalWords,
  unknown: 'unknown-political-status',
  synonym: 'political-synonym',
} as const;
export const education = {
  field: 'education',
  vocabulary: educationWords,
  unknown: 'unknown-education',
  synonym: 'education-synonym',
} as const;
export const certificate = {
  field: 'certificate',
  vocabulary: certificateWords,
  unknown: 'unknown-certificate',
  synonym: 'certificate-synonym',
} as const;

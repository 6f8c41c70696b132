import { letters, type Letter } from './letters.ts';
import type { MailTemplate } from './params.ts';

export interface Rendered {
  subject: string;
  text: string;
  html: string;
}

const CLOSING = '本邮件由苗圃系统自动发出，请勿直接回复。';

const letterOf = (template: string, params: unknown): Letter => {
  const write = letters[template as MailTemplate] as ((params: unknown) => Letter) | undefined;
  if (!write) throw new Error(`No mail template ${template}`);
  return write(params);
};

/** The subject of a mail, for lists. A subject is one line, whatever a title holds. */
export const subjectOf = (template: string, params: unknown): string => letterOf(template, params).subject.replace(/\s+/g, ' ').trim();

/** A stored mail as text and HTML. `publicUrl` is the console's address, without a slash at the end. */
export function render(template: string, params: unknown, { name, publicUrl }: { name: string; publicUrl: string }): Rendered {
  const { paragraphs, link } = letterOf(template, params);
  const greeting = `${name}同志：`;
  const url = link && `${publicUrl}${link.path}`;
  const subject = subjectOf(template, params);
  return {
    subject,
    text: [greeting, ...paragraphs, ...(link ? [`${link.label}：${url}`] : []), CLOSING].join('\n\n') + '\n',
    html: page(subject, [
      paragraph(greeting),
      ...paragraphs.map(paragraph),
      ...(link ? [`<p><a href="${escape(url!)}">${escape(link.label)}</a></p>`] : []),
      `<p style="color:#8c8c8c;font-size:12px">${CLOSING}</p>`,
    ]),
  };
}

const paragraph = (text: string) => `<p>${escape(text).replaceAll('\n', '<br>')}</p>`;

const page = (title: string, body: string[]) =>
  `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>${escape(title)}</title></head>` +
  `<body style="font-family:sans-serif;font-size:14px;line-height:1.7;color:#1f1f1f;max-width:640px">${body.join('')}</body></html>`;

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escape = (text: string) => text.replace(/[&<>"']/g, (sign) => entities[sign]!);

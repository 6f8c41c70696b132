import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState, type FormEvent } from 'react';
import { routes } from '../../../../../libs/domain/api/routes.ts';
import { readIdNumber } from '../../../../../libs/domain/id-number.ts';
import { conditions, registration, type RegistrationDraft } from '../../../../../libs/domain/recruitment/registration.ts';
import { api } from '../../shared/api/client.ts';
import { faultsUnder, sentenceOf } from '../../shared/api/problem.ts';
import { timeOf } from '../../../../../libs/domain/dates.ts';

const SAVE_AFTER_MS = 1_200;

/** The form as it is filled in: kept on the server while one types, held against the conditions as soon as enough is known. */
export function useRegistration(batchId: string, draft: RegistrationDraft) {
  const client = useQueryClient();
  const [values, setValues] = useState<RegistrationDraft>(draft);
  const [tried, setTried] = useState(false);
  const [refused, setRefused] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const [savedAt, setSavedAt] = useState<string | null>(null);
  const dirty = useRef(false);

  useEffect(() => {
    if (!dirty.current) return;
    const timer = setTimeout(() => {
      dirty.current = false;
      api.call(routes.saveApplicationDraft, { params: { id: batchId }, body: values }).then(
        ({ savedAt: at }) => setSavedAt(timeOf(new Date(at))),
        () => setSavedAt(null),
      );
    }, SAVE_AFTER_MS);
    return () => clearTimeout(timer);
  }, [values, batchId]);

  const parsed = registration.safeParse(values);
  const wrong: Record<string, string> = {};
  if (!parsed.success) for (const { path, message } of parsed.error.issues) wrong[String(path[0])] ??= message;
  const faults: Record<string, string | undefined> = { ...faultsUnder(refused, 'body'), ...(tried && wrong) };

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    setRefused(null);
    if (!parsed.success) return document.getElementById(`apply-${String(parsed.error.issues[0]?.path[0])}`)?.focus();
    setBusy(true);
    try {
      await api.call(routes.apply, { params: { id: batchId }, body: parsed.data });
      await client.invalidateQueries({ queryKey: [routes.ownApplications.id] });
    } catch (error) {
      setRefused(error);
      setBusy(false);
    }
  };
  return {
    values,
    faults,
    busy,
    savedAt,
    submit,
    reasons: useReasons(batchId, values),
    refusal: refused === null ? null : sentenceOf(refused),
    set: (change: RegistrationDraft) => {
      dirty.current = true;
      setValues((before) => ({ ...before, ...change }));
    },
  };
}

/** Why somebody does not meet the conditions; null until enough is filled in. */
function useReasons(batchId: string, values: RegistrationDraft) {
  const read = readIdNumber(typeof values.idNo === 'string' ? values.idNo : '');
  const asked = conditions.safeParse({ ...values, bornOn: 'bornOn' in read ? read.bornOn : undefined });
  const body = asked.success ? asked.data : null;
  const found = useQuery({
    queryKey: [routes.checkConditions.id, batchId, body],
    queryFn: ({ signal }) => api.call(routes.checkConditions, { params: { id: batchId }, body: body! }, { signal }),
    enabled: body !== null,
  });
  return body === null ? null : (found.data?.reasons ?? null);
}

import { keepPreviousData, useInfiniteQuery, useMutation, useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useRef, useSyncExternalStore } from 'react';
import type { Route } from '../../../../../libs/domain/api/route.ts';
import { live } from './live.ts';
import { api, newKey, type Args, type Reply } from './client.ts';
import { Problem } from './problem.ts';

/** What no event tells of is looked at again this often while its page is open. */
export const LOOK_AGAIN_MS = 8_000;
const WITHOUT_LIVE_MS = 15_000;

/** How often the pages of cases and tasks look again: never while they hear of each change, slowly while they do not. */
export const useLookAgain = (): number | false => (useSyncExternalStore(live.subscribe, live.read) ? false : WITHOUT_LIVE_MS);

export const keyOf = <R extends Route>(route: R, args?: Args<R>) => (args === undefined ? [route.id] : [route.id, args]);

interface Reading<T> {
  enabled?: boolean;
  /** How often it is asked for again, where that depends on what it last was. */
  every?: number | false | ((last: T | undefined) => number | false);
  /** Shows the last page's lines while the next ones come: no jumping. */
  keep?: boolean;
}

export function useRoute<R extends Route>(
  route: R,
  args: Args<R>,
  { enabled = true, every = false, keep = false }: Reading<Reply<R>> = {},
) {
  return useQuery<Reply<R>>({
    queryKey: keyOf(route, args),
    queryFn: ({ signal }) => api.call(route, args, { signal }),
    enabled,
    refetchInterval: typeof every === 'function' ? ({ state }) => every(state.data) : every,
    ...(keep && { placeholderData: keepPreviousData }),
  });
}

type PagedReply = { items: unknown[]; next: string | null };
type ItemOf<R extends Route> = Reply<R> extends { items: (infer T)[] } ? T : never;

/** A keyset list: the pages so far as one list, and how to get the next. */
export function useList<R extends Route>(
  route: R,
  args: Args<R>,
  { enabled = true, every = false }: { enabled?: boolean; every?: number | false } = {},
) {
  const list = useInfiniteQuery({
    queryKey: [route.id, args, 'list'],
    queryFn: async ({ pageParam, signal }) => {
      const query = { ...(args as { query?: object }).query, ...(pageParam && { after: pageParam }) };
      return (await api.call(route, { ...(args as object), query } as Args<R>, { signal })) as unknown as PagedReply;
    },
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
    enabled,
    refetchInterval: every,
    placeholderData: keepPreviousData,
  });
  return { ...list, items: (list.data?.pages.flatMap((one) => one.items) ?? []) as ItemOf<R>[] };
}

/**
 * An act: one key from the first click until the server has answered, so that a second click or a retry after a lost
 * connection has one effect.
 */
export function useAct<R extends Route>(route: R, onDone?: (reply: Reply<R>, client: QueryClient) => void | Promise<void>) {
  const client = useQueryClient();
  const key = useRef<string | null>(null);
  return useMutation<Reply<R>, Error, Args<R>>({
    mutationKey: [route.id],
    mutationFn: async (args) => {
      key.current ??= newKey();
      try {
        const reply = await api.call(route, args, { key: key.current });
        key.current = null;
        return reply;
      } catch (error) {
        if (error instanceof Problem && error.status !== 0 && error.status < 500) key.current = null;
        throw error;
      }
    },
    onSuccess: (reply) => onDone?.(reply, client),
  });
}

import { type ComponentType, createElement, type ReactNode, useEffect, useState } from "react";

type LateProps<P> = P & {
  /** Stands in its place until the code is there; nothing where it is left out. */
  meanwhile?: ReactNode;
};

/** A component whose code is not part of the start. */
export interface Late<P> {
  (props: LateProps<P>): ReactNode;
  /** Loads the code before it is drawn. */
  load: () => Promise<unknown>;
}

/**
 * A component whose code is loaded when it is first drawn, and drawn as soon as it is there. React's own `lazy` keeps a
 * placeholder that was shown once on screen for 300 ms, however quickly the code came. Code that cannot be loaded is an error
 * of the page around it; the next time it is drawn it is loaded anew.
 */
export function late<P extends object>(fetch: () => Promise<ComponentType<P>>): Late<P> {
  let loaded: ComponentType<P> | null = null;
  let loading: Promise<ComponentType<P>> | null = null;
  const keep = (component: ComponentType<P>) => (loaded = component);
  const forget = (error: unknown) => {
    loading = null;
    throw error;
  };
  const load = () => (loading ??= fetch().then(keep, forget));

  function Loaded({ meanwhile = null, ...props }: LateProps<P>) {
    const [component, setComponent] = useState(() => loaded);
    const [failure, setFailure] = useState<{ error: unknown } | null>(null);
    useEffect(() => {
      let there = true;
      if (component === null)
        load().then(
          (found) => there && setComponent(() => found),
          (error: unknown) => there && setFailure({ error }),
        );
      return () => {
        there = false;
      };
    }, [component]);
    if (failure) throw failure.error;
    return component ? createElement(component, props as unknown as P) : meanwhile;
  }
  return Object.assign(Loaded, { load });
}

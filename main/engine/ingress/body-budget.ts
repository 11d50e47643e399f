/** Bounds the bytes that all requests in progress hold together. */
export interface BodyBudget {
  open(): BodyShare;
}

/** What one request holds. */
export interface BodyShare {
  /** False where the budget has no room for these bytes. */
  take(bytes: number): boolean;
  /** Returns everything taken. */
  release(): void;
}

export function createBodyBudget(limit: number): BodyBudget {
  let used = 0;
  return {
    open() {
      let held = 0;
      return {
        take(bytes) {
          if (used + bytes > limit) return false;
          used += bytes;
          held += bytes;
          return true;
        },
        release() {
          used -= held;
          held = 0;
        },
      };
    },
  };
}

// Stands in for `server-only` outside of Next, where nothing bundles for a browser.
export {};

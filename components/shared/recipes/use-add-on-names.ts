import { useRecipes } from './use-recipes';

/** Gives add-ons the names that the catalogue has for them; one that is there no more has its id. */
export function useAddOnNames(): (id: string) => string {
  const catalogue = useRecipes().data?.items;
  return (id) => catalogue?.find((each) => each.id === id)?.name ?? id;
}

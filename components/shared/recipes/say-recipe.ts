import type { SayEngine } from '@/components/messages/engine';
import type { OutputView } from '@/lib/api/contract/deployments';
import type { RecipeDetail, RecipeSummary } from '@/lib/catalog/types';

/** A line of the catalogue in the language of the person. Its tags stay: they are looked for by name. */
export function saySummary<Summary extends RecipeSummary>(recipe: Summary, said: SayEngine): Summary {
  return { ...recipe, name: said(recipe.name), summary: said(recipe.summary) };
}

/** A recipe as its page and its form show it, in the language of the person: names, labels, tabs and help. What is sent (names of inputs, choices) stays. */
export function sayRecipe(recipe: RecipeDetail, said: SayEngine): RecipeDetail {
  return {
    ...saySummary(recipe, said),
    description: said(recipe.description),
    tabs: recipe.tabs.map((tab) => said(tab)),
    inputs: recipe.inputs.map((input) => ({
      ...input,
      label: said(input.label),
      tab: said(input.tab),
      ...(input.help && { help: said(input.help) }),
      ...(input.unless && { unless: { ...input.unless, because: said(input.unless.because) } }),
    })),
    groups: recipe.groups.map((group) => ({ ...group, label: said(group.label) })),
    sets: recipe.sets.map((set) => ({ ...set, label: said(set.label) })),
    outputs: recipe.outputs.map((output) => ({ ...output, ...sayOutput(output, said) })),
    downloads: recipe.downloads.map((download) => ({ ...download, ...(download.unpinned && { unpinned: said(download.unpinned) }) })),
  };
}

/** An output in the language of the person; what it gives stays as the machine gave it. */
export function sayOutput<Output extends Pick<OutputView, 'label' | 'description'>>(output: Output, said: SayEngine): Output {
  return { ...output, label: said(output.label), ...(output.description && { description: said(output.description) }) };
}

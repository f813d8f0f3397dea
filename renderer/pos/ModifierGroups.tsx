import type { OpenGroup } from '../../domain/modifiers.ts'
import { Toggle } from '../ui/Button.tsx'
import { formatSurcharge } from '../ui/format.ts'
import { say } from '../words/say.ts'
import styles from './ItemSheet.module.css'
import { chosenOf, groupRule, toggleModifier } from './modifiers.ts'

interface ModifierGroupsProps {
  readonly open: readonly OpenGroup[]
  readonly chosen: readonly string[]
  readonly currency: string
  readonly onChoose: (chosen: readonly string[]) => void
}

/** The groups to choose from; a choice may open further ones below it. */
export function ModifierGroups({ open, chosen, currency, onChoose }: ModifierGroupsProps) {
  return open.map(({ id, group }) => {
    const count = chosenOf(chosen, group).length
    return (
      <section key={id} role="group" aria-label={group.name}>
        <h3 className={styles['group']}>
          {group.name}
          <span className={styles['rule']} data-missing={count < group.min}>
            {groupRule(group)}
            {group.min > 0 && (count < group.min ? ` · ${say('item.required')}` : ' · ✓')}
          </span>
        </h3>
        <div className={styles['modifiers']}>
          {group.modifiers.map((modifier) => {
            const isChosen = chosen.includes(modifier.id)
            return (
              <Toggle
                key={modifier.id}
                className={styles['modifier']}
                isSelected={isChosen}
                isDisabled={!isChosen && group.max > 1 && count >= group.max}
                onChange={() => onChoose(toggleModifier(chosen, group, modifier.id))}
              >
                <span>{modifier.name}</span>
                {modifier.priceMinor !== 0 && (
                  <span className={styles['price']}>
                    {formatSurcharge(modifier.priceMinor, currency)}
                  </span>
                )}
              </Toggle>
            )
          })}
        </div>
      </section>
    )
  })
}

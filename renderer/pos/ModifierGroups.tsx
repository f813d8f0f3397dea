import { useState } from 'react'
import type { OpenGroup } from '../../domain/modifiers.ts'
import { preparedPrice, type Preparation } from '../../domain/preparations.ts'
import { Toggle } from '../ui/Button.tsx'
import { formatSurcharge } from '../ui/format.ts'
import { say } from '../words/say.ts'
import styles from './ItemSheet.module.css'
import { chosenAs, chosenOf, groupRule, toggleModifier } from './modifiers.ts'
import { preparationWord } from './ringing/prepared-words.ts'

interface ModifierGroupsProps {
  readonly open: readonly OpenGroup[]
  readonly chosen: readonly string[]
  readonly currency: string
  readonly onChoose: (chosen: readonly string[]) => void
}

/** The groups to choose from; a choice may open further ones below it. */
export function ModifierGroups({ open, ...choosing }: ModifierGroupsProps) {
  return open.map((one) => <Group key={one.id} one={one} {...choosing} />)
}

interface GroupProps extends Omit<ModifierGroupsProps, 'open'> {
  readonly one: OpenGroup
}

/** How the next taps are meant stands above them, so that each choice stays one tap. */
function Group({ one: { group }, chosen, currency, onChoose }: GroupProps) {
  const [wanted, setWanted] = useState<Preparation | null>(null)
  const count = chosenOf(chosen, group).length
  const { preparations = [] } = group
  return (
    <section role="group" aria-label={group.name}>
      <h3 className={styles['group']}>
        {group.name}
        <span className={styles['rule']} data-missing={count < group.min}>
          {groupRule(group)}
          {group.min > 0 && (count < group.min ? ` · ${say('item.required')}` : ' · ✓')}
        </span>
      </h3>
      {preparations.length > 0 && (
        <div className={styles['wanted']} role="group" aria-label={say('lines.nextTap')}>
          {preparations.map((preparation) => (
            <Toggle
              key={preparation}
              isSelected={preparation === wanted}
              onChange={(isSelected) => setWanted(isSelected ? preparation : null)}
            >
              {preparationWord(preparation)}
            </Toggle>
          ))}
        </div>
      )}
      <div className={styles['modifiers']}>
        {group.modifiers.map((modifier) => {
          const choice = chosenAs(chosen, group, modifier.id)
          const priceMinor = preparedPrice(modifier, choice?.preparation ?? wanted)
          const isFull = group.max > 1 && count >= group.max && wanted !== 'no'
          return (
            <Toggle
              key={modifier.id}
              className={styles['modifier']}
              isSelected={choice !== undefined}
              isDisabled={choice === undefined && isFull && modifier.standard !== true}
              onChange={() => onChoose(toggleModifier(chosen, group, modifier.id, wanted))}
            >
              <span>
                {choice?.preparation && (
                  <strong className={styles['prepared']} data-no={choice.preparation === 'no'}>
                    {preparationWord(choice.preparation)}
                  </strong>
                )}
                {modifier.name}
              </span>
              {priceMinor !== 0 ? (
                <span className={styles['price']}>{formatSurcharge(priceMinor, currency)}</span>
              ) : (
                modifier.standard === true &&
                choice === undefined && (
                  <span className={styles['price']}>{say('lines.comesWithIt')}</span>
                )
              )}
            </Toggle>
          )
        })}
      </div>
    </section>
  )
}

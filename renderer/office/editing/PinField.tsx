import { useState } from 'react'
import { Choice } from '../parts/Choice.tsx'
import { Field } from '../parts/Field.tsx'
import { PIN_KEPT, PIN_NONE } from './typed.ts'

interface PinFieldProps {
  readonly label: string
  readonly typed: string
  readonly fault: string | null
  readonly onChange: (typed: string) => void
}

export function PinField({ label, typed, fault, onChange }: PinFieldProps) {
  const [isNew, setNew] = useState(false)
  const way = typed === PIN_NONE ? 'none' : isNew ? 'new' : 'kept'
  const choose = (chosen: string) => {
    setNew(chosen === 'new')
    onChange(chosen === 'none' ? PIN_NONE : PIN_KEPT)
  }
  return (
    <>
      <Choice
        label={label}
        value={way}
        options={[
          { value: 'kept', label: 'As it is' },
          { value: 'new', label: 'A new PIN' },
          { value: 'none', label: 'None: may not sign in' },
        ]}
        onChange={choose}
      />
      {way === 'new' && (
        <Field
          label="New PIN"
          type="password"
          inputMode="numeric"
          maxLength={8}
          hint="4 to 8 digits"
          autoComplete="off"
          value={typed}
          fault={fault}
          onChange={onChange}
        />
      )}
    </>
  )
}

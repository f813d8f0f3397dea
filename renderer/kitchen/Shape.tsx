import styles from './Shape.module.css'

export type ShapeName = 'soon' | 'late' | 'rush'

/** For who does not see the colour: a triangle, an octagon, and two arrows. */
const PATHS: Readonly<Record<ShapeName, string>> = {
  soon: 'M12 3 22 21H2Z',
  late: 'M8 2h8l6 6v8l-6 6H8l-6-6V8Z',
  rush: 'M3 3l8 9-8 9V3Zm10 0 8 9-8 9V3Z',
}

export const Shape = ({ name }: { readonly name: ShapeName }) => (
  <svg className={styles['shape']} data-name={name} viewBox="0 0 24 24" aria-hidden="true">
    <path d={PATHS[name]} />
  </svg>
)

import { Toggle } from '../../ui/Button.tsx'
import { say } from '../../words/say.ts'
import { choosePictures, usePictures } from './pictures.ts'

/** A setting of this screen: a till with a small one sells faster by names alone. */
export function PictureChoice() {
  const isShown = usePictures((pictures) => pictures.isShown)
  return (
    <Toggle isSelected={isShown} onChange={() => choosePictures(!isShown)}>
      {say('till.pictures')}
    </Toggle>
  )
}

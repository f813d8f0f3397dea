import { Button } from '../../ui/Button.tsx'

export const PrintButton = () => <Button onPress={() => window.print()}>Print</Button>

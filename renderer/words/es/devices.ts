import type { devices as english } from '../en/devices.ts'
import type { In } from '../kinds.ts'

export const devices: In<'es', typeof english> = {
  terminal: 'Caja',
  kitchen: 'Pantalla de cocina',
  central: 'Central',
  unknown: 'Desconocido',
  removed: 'Retirado',
  connected: 'Conectado',
  ahead: 'Su reloj va {age} adelantado',
  behind: 'Su reloj va {age} atrasado',
  joined: '{name} se unió al local. Sus pedidos empiezan por {code}-001.',
}

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
  title: 'Equipos',
  letIn: 'Admitir un equipo',
  aboutCode: 'Introduzca ambos en el equipo nuevo. Esto se cierra solo cuando se una.',
  about: 'Las cajas y pantallas de cocina de este local',
  backToDevices: 'Volver a los equipos',
  revoke: 'Retirar',
  revokeName: 'Retirar {name}',
  revokeAsk: '¿Retirar {name}?',
  revokeStays:
    'Queda separado al instante de todos los equipos y no vuelve sin un código nuevo. Lo que transmitió queda.',
  revokeLoses:
    'Queda separado al instante de todos los equipos y no vuelve sin un código nuevo. Lo que transmitió queda; lo que tomó desde el último contacto se pierde.',
  keepIt: 'Conservarlo',
  revokeForGood: 'Retirar {name} para siempre',
  code: 'Código',
  codeExpired: 'Este código ha caducado.',
  codeValid: 'Válido {time}, para un equipo y tres intentos',
  newCode: 'Mostrar un código nuevo',
  addresses: { one: 'Dirección de este equipo', other: 'Direcciones de este equipo' },
  whichAddress: 'Tome la de la red en la que está el equipo nuevo.',
}

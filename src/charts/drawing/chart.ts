import type { EChartsOption } from 'echarts'
import type { Drawing } from './drawing'

/**
 * A figure over a whole data set, which ECharts lays out and paints: its option, made for a place of this size, and the boxes
 * that answer to pointer and keys, in the same coordinates as a drawing's.
 */
export interface Chart<Datum> extends Pick<Drawing<Datum>, 'width' | 'height' | 'targets'> {
  readonly option: EChartsOption
}

/** Anything that can be shown in a panel. */
export type AnyPicture<Datum> = Drawing<Datum> | Chart<Datum>

export function isChart<Datum>(picture: AnyPicture<Datum>): picture is Chart<Datum> {
  return 'option' in picture
}

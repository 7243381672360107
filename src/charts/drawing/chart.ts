import type { EChartsOption } from 'echarts'
import type { Display } from './display'
import type { Drawing, Target } from './drawing'

/**
 * A figure over a whole data set, which ECharts lays out and paints: its option, made for a place of this size, and the boxes
 * that answer to pointer and keys, in the same coordinates as a drawing's.
 */
export interface Chart<Datum> extends Pick<Drawing<Datum>, 'width' | 'height' | 'targets'> {
  readonly option: EChartsOption
}

/** A chart that fills a display. It never moves by itself: what changes is drawn where it belongs. */
export function chart<Datum>(
  { width, height }: Display,
  targets: readonly Target<Datum>[],
  option: EChartsOption,
): Chart<Datum> {
  return { width, height, targets, option: { animation: false, ...option } }
}

/** Anything that can be shown in a panel. */
export type AnyPicture<Datum> = Drawing<Datum> | Chart<Datum>

export function isChart<Datum>(picture: AnyPicture<Datum>): picture is Chart<Datum> {
  return 'option' in picture
}

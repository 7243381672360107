/** What tells a page that it is the Stage of a talk: the end of its address. */
export const stageHash = '#stage'

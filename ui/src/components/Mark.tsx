/** The house mark: a line led through a fairlead's ring. The app's icon, on the rail's ground. */
export function Mark() {
  return (
    <svg viewBox="24 36 464 420" width="20" height="18" fill="none" aria-hidden="true">
      <path d="M256 224C316 192 384 132 472 120" className="stroke-fg" strokeWidth="48" strokeLinecap="round" />
      <path d="M128 416H384" className="stroke-accent" strokeWidth="64" strokeLinecap="round" />
      <circle cx="256" cy="224" r="164" className="stroke-surface" strokeWidth="16" />
      <circle cx="256" cy="224" r="128" className="stroke-accent" strokeWidth="64" />
      <path d="M200 384H312" className="stroke-accent" strokeWidth="64" />
      <path d="M48 318C132 310 196 256 256 224" className="stroke-surface" strokeWidth="84" />
      <path d="M48 318C132 310 196 256 264 220" className="stroke-fg" strokeWidth="48" strokeLinecap="round" />
    </svg>
  );
}

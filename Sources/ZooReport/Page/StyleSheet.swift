/// The page's style sheet: no font, picture or script from elsewhere.
enum StyleSheet {
  /// CSS; it holds neither `<` nor `&`, so it is well-formed in the page as it stands.
  static let text = """
    :root { color-scheme: light dark;
      --paper: #ffffff; --ink: #1b1f23; --muted: #57606a; --rule: #cfd5da; --grid: #e6e9ec; --soft: #f5f7f8;
      --accent: #0b5a94; --c0: #0b62a4; --c1: #bd4b00; --c2: #00745a; --c3: #96377a; --c4: #7d6000; --c5: #3f3f9f;
      --cb: #5d656d; --good: #0b62a4; --bad: #bd4b00; }
    @media (prefers-color-scheme: dark) { :root {
      --paper: #14171a; --ink: #e8eaec; --muted: #a9b1b8; --rule: #3d444b; --grid: #2a2f34; --soft: #1c2024;
      --accent: #7cc0f2; --c0: #6cb8f0; --c1: #ff9a52; --c2: #3ecfa6; --c3: #e59ac6; --c4: #e2c044; --c5: #aab0ff;
      --cb: #a4abb2; --good: #6cb8f0; --bad: #ff9a52; } }
    * { box-sizing: border-box; }
    html { -webkit-text-size-adjust: 100%; }
    body { margin: 0 auto; padding: 2.5rem 1.25rem 3rem; max-width: 76rem; background: var(--paper); color: var(--ink);
      font: 1rem/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, "Liberation Sans", sans-serif;
      font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
    h1 { margin: 0; font-size: 1.9rem; line-height: 1.2; font-weight: 650; letter-spacing: -0.01em; }
    h2 { margin: 0 0 1rem; font-size: 1.3rem; line-height: 1.3; font-weight: 650; }
    p { margin: 0 0 0.9rem; max-width: 46rem; }
    a { color: var(--accent); }
    .kicker { margin: 0 0 0.35rem; color: var(--muted); font-size: 0.875rem; }
    nav ul { display: flex; flex-wrap: wrap; gap: 0 1.1rem; margin: 0.8rem 0 0; padding: 0; list-style: none; max-width: none;
      font-size: 0.9rem; } nav li { margin: 0; }
    nav a { display: inline-block; padding: 0.2rem 0; max-width: 20rem; overflow: hidden; text-overflow: ellipsis; }
    section { margin-top: 2.25rem; padding-top: 1.5rem; border-top: 1px solid var(--rule); }
    .lead { font-size: 1.2rem; line-height: 1.5; max-width: 50rem; }
    ul { padding-left: 1.2rem; max-width: 48rem; } li { margin: 0.35rem 0; }
    .summary { display: grid; grid-template-columns: minmax(0, 1fr); gap: 1.5rem 3.5rem; align-items: start; }
    @media (min-width: 62rem) { .summary { grid-template-columns: minmax(0, 1fr) 22rem; } }
    .note { color: var(--muted); font-size: 0.9rem; }
    .scroll { overflow-x: auto; margin: 0 0 1rem; }
    table { border-collapse: separate; border-spacing: 0; min-width: min(100%, 36rem); font-size: 0.925rem; }
    caption { text-align: left; color: var(--muted); padding: 0 0 0.5rem; font-size: 0.875rem; }
    th, td { padding: 0.45rem 0.75rem; border-bottom: 1px solid var(--grid); white-space: nowrap; overflow-wrap: normal;
      font-weight: 400; }
    th.long { white-space: normal; overflow-wrap: anywhere; min-width: 10rem; }
    thead th { color: var(--muted); font-size: 0.85rem; border-bottom: 1px solid var(--rule); vertical-align: bottom; }
    th:first-child, td:first-child { padding-left: 0; } th:last-child, td:last-child { padding-right: 0; }
    tbody th { position: sticky; left: 0; background: var(--paper); }
    .n { text-align: right; } .t { text-align: left; } .whole { white-space: nowrap; }
    .wide table { min-width: 100%; } .strong th, .strong td { font-weight: 650; }
    .figures { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(21rem, 100%), 1fr)); gap: 2rem 2rem;
      margin-top: 1.25rem; align-items: start; }
    figure { margin: 0; min-width: 0; }
    .figure-title { margin: 0 0 0.5rem; font-weight: 600; font-size: 0.975rem; }
    figcaption { margin-top: 0.5rem; color: var(--muted); font-size: 0.85rem; line-height: 1.45; }
    .legend { display: flex; flex-wrap: wrap; gap: 0.1rem 1rem; margin: 0.35rem 0 0; padding: 0; list-style: none;
      font-size: 0.875rem; } .legend li { margin: 0; min-width: 0; } .swatch { width: 28px; height: 12px; margin-right: 0.4rem; }
    svg.plot { display: block; width: 100%; height: auto; }
    svg text { font-family: inherit; fill: var(--ink); font-size: 12px; }
    svg .tick { fill: var(--muted); font-size: 11.5px; } svg .axis { fill: var(--muted); font-size: 12px; }
    svg .label { font-size: 12.5px; paint-order: stroke; stroke: var(--paper); stroke-width: 3px; stroke-linejoin: round; } svg .number { font-size: 12px; } svg .count { font-size: 22px; font-weight: 600; }
    .grid { stroke: var(--grid); stroke-width: 1; }
    .reference { stroke: var(--muted); stroke-width: 1; stroke-dasharray: 3 3; }
    .threshold { stroke: var(--ink); stroke-width: 1.25; }
    .line { fill: none; stroke-width: 2; stroke-linejoin: round; }
    .training { stroke: var(--muted); stroke-width: 1.25; stroke-dasharray: 4 3; }
    .faint { fill: none; stroke: var(--muted); stroke-opacity: 0.4; stroke-width: 1; }
    .whisker { stroke-width: 1.75; } .mark { stroke: var(--paper); stroke-width: 1; }
    .band { fill-opacity: 0.18; stroke: none; }
    .line.s0, .whisker.s0 { stroke: var(--c0); } .mark.s0, .band.s0 { fill: var(--c0); }
    .line.s1, .whisker.s1 { stroke: var(--c1); } .mark.s1, .band.s1 { fill: var(--c1); }
    .line.s2, .whisker.s2 { stroke: var(--c2); } .mark.s2, .band.s2 { fill: var(--c2); }
    .line.s3, .whisker.s3 { stroke: var(--c3); } .mark.s3, .band.s3 { fill: var(--c3); }
    .line.s4, .whisker.s4 { stroke: var(--c4); } .mark.s4, .band.s4 { fill: var(--c4); }
    .line.s5, .whisker.s5 { stroke: var(--c5); } .mark.s5, .band.s5 { fill: var(--c5); }
    .line.sb, .whisker.sb { stroke: var(--cb); } .mark.sb, .band.sb { fill: var(--cb); }
    .upper { fill: var(--bad); } .lower { fill: var(--good); }
    .cell { stroke: var(--rule); } .cell.right { fill: var(--good); } .cell.wrong { fill: var(--bad); }
    .cases { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(21rem, 100%), 1fr)); gap: 1.75rem 2rem; }
    .case img { display: block; width: 100%; height: auto; margin-bottom: 4px; }
    pre { overflow-x: auto; background: var(--soft); border: 1px solid var(--grid); padding: 0.8rem 1rem; margin: 0.75rem 0;
      font: 0.85rem/1.5 ui-monospace, "SF Mono", Menlo, Consolas, "Liberation Mono", monospace; max-height: 30rem; } pre.commands { white-space: pre-wrap; overflow-wrap: anywhere; }
    details { margin: 0.5rem 0; } summary { cursor: pointer; color: var(--accent); padding: 0.25rem 0; }
    footer { margin-top: 2.5rem; padding-top: 1rem; border-top: 1px solid var(--rule); color: var(--muted);
      font-size: 0.85rem; }
    :focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
    @media (max-width: 40rem) { body { padding: 1.25rem 1rem 2rem; } h1 { font-size: 1.5rem; } .lead { font-size: 1.08rem; }
      section { margin-top: 1.75rem; padding-top: 1.25rem; } th, td { padding: 0.4rem 0.5rem; }
      tbody th { white-space: normal; overflow-wrap: anywhere; min-width: 8rem; } }
    @page { margin: 15mm; }
    @media print { :root { color-scheme: light; --paper: #fff; --ink: #000; --muted: #444; --rule: #bbb; --grid: #e2e2e2;
        --soft: #f6f6f6; --accent: #000; --c0: #0b62a4; --c1: #bd4b00; --c2: #00745a; --c3: #96377a; --c4: #7d6000;
        --c5: #3f3f9f; --cb: #5d656d; --good: #0b62a4; --bad: #bd4b00; }
      html { font-size: 10pt; } body { padding: 0; max-width: none; } nav { display: none; }
      * { -webkit-print-color-adjust: exact; print-color-adjust: exact; }
      .figures, .cases { grid-template-columns: 1fr 1fr; gap: 1.2rem 1.5rem; }
      figure, tr, li { break-inside: avoid; } h2 { break-after: avoid; } section { margin-top: 1.2rem; }
      .summary { grid-template-columns: minmax(0, 1fr) 7cm; gap: 1.5rem; }
      table { min-width: 0; font-size: 8pt; } thead th { font-size: 7.5pt; }
      th, td, tbody th { padding: 0.3rem 0.4rem; white-space: normal; }
      th.long, tbody th { overflow-wrap: anywhere; min-width: 0; }
      tbody th { position: static; min-width: 4rem; } .scroll { overflow: visible; }
      .scroll:not(.wide) { break-inside: avoid; } caption, thead, tbody tr:nth-child(-n+2) { break-after: avoid; }
      details::details-content { content-visibility: visible; }
      pre { max-height: none; white-space: pre-wrap; font-size: 7.5pt; }
      pre.configuration { columns: 3; font-size: 6pt; line-height: 1.3; } }
    """
}

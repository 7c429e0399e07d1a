// Looks at the page as it is shown and returns a sentence for each thing that a reader could stumble over.
() => {
  const faults = [];
  // A fade that is under way has no colours of its own: look at where it ends.
  for (const animation of document.getAnimations()) animation.finish();
  const name = (element) => {
    const own = element.id ? `#${element.id}` : [...element.classList].slice(0, 2).map((part) => `.${part}`).join("");
    return `<${element.tagName.toLowerCase()}${own}>`;
  };
  const short = (text) => JSON.stringify(text.trim().replace(/\s+/g, " ").slice(0, 50));
  const shown = (element) =>
    element.checkVisibility({ opacityProperty: true, visibilityProperty: true, contentVisibilityAuto: true }) &&
    getComputedStyle(element).clipPath === "none" && !element.closest(".unseen, .skip");

  // Colours: what a text is painted with and what lies under it, half-transparent layers mixed.
  const parse = (text) => {
    const parts = text.match(/[\d.]+/g).map(Number);
    return { r: parts[0], g: parts[1], b: parts[2], a: parts[3] ?? 1 };
  };
  const mix = (over, under) => ({
    r: over.r * over.a + under.r * (1 - over.a),
    g: over.g * over.a + under.g * (1 - over.a),
    b: over.b * over.a + under.b * (1 - over.a),
    a: 1,
  });
  const ancestors = (element) => {
    const out = [];
    for (let at = element; at; at = at.parentElement) out.push(at);
    return out;
  };
  const ground = (element) => {
    const layers = [];
    for (const at of ancestors(element)) {
      const style = getComputedStyle(at);
      const colour = parse(style.backgroundColor);
      if (style.backgroundImage !== "none") return null;
      if (colour.a > 0) layers.push(colour);
      if (colour.a === 1) break;
    }
    const canvas = matchMedia("(prefers-color-scheme: dark)").matches ? 0 : 255;
    return layers.reverse().reduce((under, over) => mix(over, under), { r: canvas, g: canvas, b: canvas, a: 1 });
  };
  const light = ({ r, g, b }) => {
    const [x, y, z] = [r, g, b].map((part) => {
      const value = part / 255;
      return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * x + 0.7152 * y + 0.0722 * z;
  };
  const contrast = (one, other) => {
    const [high, low] = [light(one), light(other)].sort((a, b) => b - a);
    return (high + 0.05) / (low + 0.05);
  };
  const checkContrast = (element, colour, text) => {
    const under = ground(element);
    if (under === null) {
      faults.push(`contrast: ${short(text)} in ${name(element)} stands on a picture or a pattern`);
      return;
    }
    const opacity = ancestors(element).reduce((so, at) => so * Number(getComputedStyle(at).opacity), 1);
    const ink = parse(colour);
    const ratio = contrast(mix({ ...ink, a: ink.a * opacity }, under), under);
    if (ratio < 4.5) faults.push(`contrast: ${short(text)} in ${name(element)} has ${ratio.toFixed(2)}, 4.5 is needed`);
  };

  // Text nodes: contrast, and whether a box cuts them off.
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const cut = new Set();
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement;
    if (!node.data.trim() || !shown(element) || element.closest("noscript, script, style")) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const rects = [...range.getClientRects()].filter((rect) => rect.width > 0 && rect.height > 0);
    if (!rects.length) continue;
    if (!element.matches("textarea, option")) checkContrast(element, getComputedStyle(element).color, node.data);
    for (const box of ancestors(element)) {
      if (box === document.body || box === document.documentElement || cut.has(box)) continue;
      const style = getComputedStyle(box);
      const clipsX = ["hidden", "clip"].includes(style.overflowX);
      const clipsY = ["hidden", "clip"].includes(style.overflowY);
      if (["auto", "scroll"].includes(style.overflowX) || ["auto", "scroll"].includes(style.overflowY)) break;
      const edge = box.getBoundingClientRect();
      const beyond = rects.some(
        (rect) =>
          (clipsX && (rect.right > edge.right + 1 || rect.left < edge.left - 1)) ||
          (clipsY && (rect.bottom > edge.bottom + 1 || rect.top < edge.top - 1)),
      );
      if (!beyond || (style.textOverflow === "ellipsis" && box.title)) continue;
      cut.add(box);
      faults.push(`clipped: ${short(node.data)} is cut off by ${name(box)}`);
    }
  }
  for (const field of document.querySelectorAll("input, textarea, select")) {
    if (shown(field) && field.type !== "hidden" && !["checkbox", "radio"].includes(field.type)) {
      checkContrast(field, getComputedStyle(field).color, field.value || field.name);
      if (field.placeholder) checkContrast(field, getComputedStyle(field, "::placeholder").color, field.placeholder);
    }
  }

  // The page itself never scrolls sideways; strips inside it may.
  const wide = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth > wide) {
    const culprits = [...document.body.querySelectorAll("*")].filter((element) => {
      const scroller = ancestors(element.parentElement).some((at) =>
        ["auto", "scroll", "hidden", "clip"].includes(getComputedStyle(at).overflowX),
      );
      return shown(element) && !scroller && element.getBoundingClientRect().right > wide + 1;
    });
    faults.push(`overflow: the page is ${document.documentElement.scrollWidth} wide in ${wide}: ${culprits.slice(0, 3).map(name)}`);
  }

  // Everything that can be used has a name.
  const label = (element) => {
    const by = (element.getAttribute("aria-labelledby") ?? "").split(" ").map((id) => document.getElementById(id));
    const texts = [
      element.getAttribute("aria-label"),
      ...by.map((at) => at?.textContent),
      ...[...(element.labels ?? [])].map((at) => at.textContent),
      element.matches("input, textarea, select") ? "" : element.textContent,
      ...[...element.querySelectorAll("img")].map((image) => image.alt),
      element.title,
    ];
    return texts.some((text) => text?.trim());
  };
  for (const element of document.querySelectorAll("a[href], button, input, select, textarea, summary, dialog[open]")) {
    if (element.type === "hidden" || !element.checkVisibility()) continue;
    if (!label(element)) faults.push(`name: ${name(element)} has no accessible name`);
    const box = element.getBoundingClientRect();
    const small = box.width && Math.min(box.width, box.height) < 24;
    if (small && element.matches("button, .button, .tile-act, summary") && !element.matches(".link-button")) {
      faults.push(`target: ${name(element)} is ${Math.round(box.width)} x ${Math.round(box.height)}, 24 is needed`);
    }
  }
  for (const image of document.querySelectorAll("img:not([alt])")) faults.push(`name: ${name(image)} has no alt`);

  // Structure.
  const count = (selector) => [...document.querySelectorAll(selector)].filter((at) => at.checkVisibility()).length;
  for (const [selector, what] of [["h1", "h1"], ["main", "main landmark"], ["body > header", "banner"], ["body > footer", "footer"]]) {
    if (count(selector) !== 1) faults.push(`structure: ${count(selector)} times ${what}, 1 is needed`);
  }
  for (const nav of document.querySelectorAll("nav:not([aria-label])")) faults.push(`structure: ${name(nav)} has no label`);
  const ids = [...document.querySelectorAll("[id]")].map((element) => element.id);
  for (const id of new Set(ids.filter((one, index) => ids.indexOf(one) !== index))) faults.push(`structure: id ${id} twice`);
  if (!document.documentElement.lang) faults.push("structure: the page has no language");
  return faults;
}

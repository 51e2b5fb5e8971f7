/* The editor of frameworks: blocks that stand open, and links that lead into folded blocks of other tabs. */
(function () {
  'use strict';

  const { StructBlockDefinition } = window.wagtailStreamField.blocks;

  // Wagtail folds every block inside a block; these few fields stand open.
  class FlatBlockDefinition extends StructBlockDefinition {
    constructor(...args) {
      super(...args);
      this.collapsible = false;
    }
  }

  window.telepath.register('thuocdo.FlatBlock', FlatBlockDefinition);

  // Ticks are drawn from a table; a code that is ticked and not in the table gets a tick of its own.
  const Ticks = window.telepath.constructors['wagtail.widgets.RadioSelect'];

  class TickedCodes extends Ticks {
    render(placeholder, name, id, state, ...others) {
      const drawn = document.createElement('template');
      drawn.innerHTML = this.html.trim();
      const root = drawn.content.firstElementChild;
      const known = [...root.querySelectorAll('input')].map((each) => each.value);
      (state || [])
        .filter((code) => !known.includes(code))
        .forEach((code) => {
          const label = document.createElement('label');
          const tick = document.createElement('input');
          tick.setAttribute('type', 'checkbox');
          tick.setAttribute('name', '__NAME__');
          tick.setAttribute('value', code);
          label.append(tick, ` ${code}`);
          root.append(label);
        });
      const widget = Object.assign(Object.create(this), { html: drawn.innerHTML });
      return super.render.call(widget, placeholder, name, id, state || [], ...others);
    }
  }

  window.telepath.register('thuocdo.TickedCodes', TickedCodes);

  // From a problem in the list to the block that it speaks of: choose the tab, unfold what is around it, go there.
  function lead(target) {
    const tab = target.closest('.w-tabs__panel');
    if (tab) {
      document.getElementById(tab.getAttribute('aria-labelledby')).click();
    }
    // Wagtail's folded panels open when something in them is found.
    const fields = [...target.querySelectorAll('input:not([type="hidden"]), select, textarea')];
    const main = fields.find((each) => !each.closest('[data-block-settings]'));
    const field = target.matches('input, select, textarea') ? target : main || fields[0];
    (field || target).dispatchEvent(new Event('beforematch', { bubbles: true }));
    // The tab is shown, and its own scrolling done, by then.
    window.setTimeout(() => {
      target.scrollIntoView({ block: 'start' });
      window.scrollBy(0, -100);
      (field || target).focus({ preventScroll: true });
    }, 100);
  }

  document.addEventListener('click', (event) => {
    const link = event.target.closest('[data-fw-place]');
    const target = link && document.getElementById(link.hash.slice(1));
    if (target) {
      event.preventDefault();
      lead(target);
    }
  });
})();

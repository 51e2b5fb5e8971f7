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

  // From a problem in the list to the block that it speaks of: choose the tab, unfold what is around it, go there.
  function lead(target) {
    const tab = target.closest('.w-tabs__panel');
    if (tab) {
      document.getElementById(tab.getAttribute('aria-labelledby')).click();
    }
    target.dispatchEvent(new Event('beforematch', { bubbles: true }));
    const toggle = target.querySelector('[data-panel-toggle][aria-expanded="false"]');
    if (toggle && toggle.closest('[data-panel]') === target) {
      toggle.click();
    }
    target.scrollIntoView({ block: 'center' });
    (target.querySelector('input:not([type="hidden"]), select, textarea') || target).focus({ preventScroll: true });
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

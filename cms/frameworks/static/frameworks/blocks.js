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

  // Blocks that nobody has opened have no fields yet: a framework may have 500 criteria, each with forty.
  const unopened = new Set();
  const deferred = new Map();
  const FOUND_BY_TEXT = ['title', 'guidance', 'citation'];
  const LONGEST_LABEL = 160;

  const texts = (state) =>
    Object.entries(state || {}).flatMap(([name, value]) => {
      if (value && typeof value === 'object') {
        return texts(value);
      }
      return FOUND_BY_TEXT.includes(name) && value ? [value] : [];
    });

  // What the editor compares to tell whether something was changed. Fields that appear are no change. To compare takes
  // reading the whole form, so that rows that are opened together are opened in one act.
  let opening = false;
  function withoutChange(act) {
    if (opening) {
      return act();
    }
    const form = document.querySelector('form[data-edit-form]');
    const unsaved = form && window.wagtail.app.getControllerForElementAndIdentifier(form, 'w-unsaved');
    const edited = !unsaved || !unsaved.initialFormData || unsaved.formData !== unsaved.initialFormData;
    opening = true;
    try {
      return act();
    } finally {
      opening = false;
      if (!edited) {
        unsaved.setInitialFormData();
      }
    }
  }

  // Rows are unfolded one by one or all at once: each gets its fields when it comes into sight.
  const inSight = new IntersectionObserver((seen) => {
    const now = seen.filter((each) => each.isIntersecting).map((each) => deferred.get(each.target.closest('[data-panel]')));
    if (now.length) {
      withoutChange(() => now.forEach((each) => each && each.open()));
    }
  });

  // Groups that stand on the screen or would, if what is around them were opened: those are reached first.
  const isThere = (block) => !block.panel.closest('[data-streamfield-child][aria-hidden="true"]');

  function groupsBeside(criterion) {
    const own = criterion.panel.parentElement.closest('[data-panel].fw-deferred');
    return [...deferred.values()].filter(
      (each) => 'criteria' in each.getState() && each.panel !== own && isThere(each)
    );
  }

  // The criterion is put at the end of the group with all that its fields hold now, and taken out here.
  function move(criterion, group) {
    const { criteria } = group.open().childBlocks;
    const id = [...crypto.getRandomValues(new Uint32Array(4))].map((each) => each.toString(16).padStart(8, '0')).join('');
    const uuid = id.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
    const value = criterion.getState();
    const moved = criteria.insert({ type: 'criterion', value, id: uuid }, criteria.children.length);
    criterion.panel.querySelector('[data-streamfield-action="DELETE"]').click();
    deferred.delete(criterion.panel);
    if (group.toggle.getAttribute('aria-expanded') === 'false') {
      group.toggle.click();
    }
    moved.element.scrollIntoView({ block: 'center' });
    moved.focus({ soft: true });
  }

  function mover(criterion) {
    const { moveWords, noGroupWords, moveButtonWords } = criterion.blockDef.meta;
    const box = document.createElement('div');
    const label = document.createElement('label');
    const select = document.createElement('select');
    const button = document.createElement('button');
    box.className = 'fw-mover';
    label.textContent = moveWords;
    label.htmlFor = select.id = `${criterion.prefix}-move`;
    button.type = 'button';
    button.className = 'button button-small button-secondary';
    button.textContent = moveButtonWords;
    let groups = [];
    const list = () => {
      const chosen = groups[select.value];
      groups = groupsBeside(criterion);
      const rows = groups.map((each) => `${each.getState().code} · ${each.getState().title}`);
      select.replaceChildren(...(rows.length ? rows : [noGroupWords]).map((row, index) => new Option(row, index)));
      select.value = String(Math.max(groups.indexOf(chosen), 0));
      button.disabled = !groups.length;
    };
    list();
    select.addEventListener('focus', list);
    button.addEventListener('click', () => {
      if (groups[select.value] && isThere(groups[select.value])) {
        move(criterion, groups[select.value]);
      }
    });
    box.append(label, select, button);
    return box;
  }

  class DeferredBlock {
    constructor(blockDef, placeholder, prefix, state) {
      this.blockDef = blockDef;
      this.prefix = prefix;
      this.state = state || {};
      this.inner = null;
      this.holder = document.createElement('div');
      this.sent = document.createElement('input');
      this.sent.type = 'hidden';
      this.sent.name = `${prefix}-unopened`;
      this.sent.value = JSON.stringify(this.state);
      // The browser's own search finds what stands in folded blocks, and unfolds them.
      this.holder.append(this.sent, texts(this.state).join(' · '));
      placeholder.replaceWith(this.holder);
      unopened.add(this);
      this.panel = this.holder.closest('[data-panel]');
      this.panel.classList.add('fw-deferred');
      deferred.set(this.panel, this);
      this.onToggle = ({ target, detail }) => {
        if (target.closest('[data-panel]') === this.panel) {
          inSight[detail.expanded ? 'observe' : 'unobserve'](this.holder);
        }
      };
      this.panel.addEventListener('wagtail:panel-toggle', this.onToggle);
      // Wagtail folds a block right after it is made.
      window.queueMicrotask(() => {
        if (!this.inner && this.toggle.getAttribute('aria-expanded') === 'true') {
          this.open();
        }
      });
    }

    get toggle() {
      return this.panel.querySelector('[data-panel-toggle]');
    }

    get element() {
      return this.inner ? this.inner.container[0] : this.holder;
    }

    get container() {
      return this.inner ? this.inner.container : window.$(this.holder);
    }

    open(error) {
      if (!this.inner) {
        this.inner = withoutChange(() => {
          unopened.delete(this);
          inSight.unobserve(this.holder);
          this.panel.removeEventListener('wagtail:panel-toggle', this.onToggle);
          const place = document.createElement('div');
          this.holder.replaceWith(place);
          const inner = this.blockDef.renderFields(place, this.prefix, this.state, error);
          if (!inner.childBlocks.criteria) {
            inner.container.append(mover(this));
          }
          return inner;
        });
      }
      return this.inner;
    }

    setState(state) {
      if (this.inner) {
        this.inner.setState(state);
      } else {
        this.state = { ...this.state, ...state };
        this.sent.value = JSON.stringify(this.state);
      }
    }

    setError(error) {
      if (error) {
        this.open().setError(error);
      }
    }

    getState() {
      return this.inner ? this.inner.getState() : this.state;
    }

    getDuplicatedState() {
      return this.open().getDuplicatedState();
    }

    getValue() {
      return this.open().getValue();
    }

    getTextLabel() {
      return this.blockDef.rowLabel(this.getState());
    }

    focus(options) {
      this.open().focus(options);
    }
  }

  class DeferredBlockDefinition extends StructBlockDefinition {
    render(placeholder, prefix, state, error) {
      const block = new DeferredBlock(this, placeholder, prefix, state);
      if (error) {
        block.open(error);
      }
      return block;
    }

    renderFields(...args) {
      return super.render(...args);
    }

    rowLabel(state) {
      const { labelFormat, roleWords, forWords } = this.meta;
      const label = labelFormat.replace(/\{(\w+)\}/g, (_whole, name) => state[name] ?? '');
      const roles = (state.roles || []).map((each) => roleWords[each] || each).join(', ');
      const row = [label, roles && `${forWords}: ${roles}`, state.citation].filter(Boolean).join(' · ');
      return row.length > LONGEST_LABEL ? `${row.slice(0, LONGEST_LABEL)}…` : row;
    }
  }

  window.telepath.register('thuocdo.DeferredBlock', DeferredBlockDefinition);

  // Open what is around a block that has no fields yet, from the outside in.
  function reveal(id) {
    const around = () => [...unopened].find((each) => each.sent.value.includes(`"${id}"`));
    withoutChange(() => {
      for (let block = around(); block; block = around()) {
        block.open();
      }
    });
  }

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
    if (link) {
      reveal(link.hash.slice(1).replace(/^block-|-section$/g, ''));
    }
    const target = link && document.getElementById(link.hash.slice(1));
    if (target) {
      unopened.forEach((each) => each.panel === target && each.open());
      event.preventDefault();
      lead(target);
    }
  });
})();

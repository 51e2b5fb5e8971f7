/* Fields that stand open inside the block around them: Wagtail folds every nested block otherwise. */
(function () {
  const { StructBlockDefinition } = window.wagtailStreamField.blocks;

  class FlatBlockDefinition extends StructBlockDefinition {
    constructor(...args) {
      super(...args);
      this.collapsible = false;
    }
  }

  window.telepath.register('thuocdo.FlatBlock', FlatBlockDefinition);
})();

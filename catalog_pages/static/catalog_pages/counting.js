// Looks every two seconds how far the count has come.
window.setTimeout(function () {
  "use strict";
  window.location.reload();
}, 2000);

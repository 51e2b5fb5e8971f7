// Looks every two seconds whether the file has been checked.
window.setTimeout(function () {
  "use strict";
  window.location.reload();
}, 2000);

"use strict";

const holder = document.getElementById("swagger-ui");
SwaggerUIBundle({
  url: holder.dataset.schema,
  domNode: holder,
  deepLinking: true,
  validatorUrl: null,
});

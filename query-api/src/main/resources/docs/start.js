// No validator: that is a server of somebody else.
SwaggerUIBundle({url: "openapi.yaml", dom_id: "#contract", deepLinking: true, validatorUrl: null});

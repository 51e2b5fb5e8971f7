"""What machines send: every operation of the API's document, asked by everybody, with what no person would write."""

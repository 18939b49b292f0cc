"""Who was reached and at what cost, as parts of pages: gathered from the store, protected, and shown."""

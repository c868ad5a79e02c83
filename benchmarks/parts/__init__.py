"""One part of the product each: finding, reading, checking, writing, looking up."""

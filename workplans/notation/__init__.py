"""How people write planning, shares and funding; no Django; parse(format(v)) = v."""

"""How agreements come to be and stay alive: written, commented on, signed, evaluated, renewed."""

"""What happens at each event, said once for both engines.

Every function takes the world first: in the SimPy engine an object with lists of objects, in compiled code an arena of
structured arrays with the same names (:mod:`sim.engine.arena`). When something happens is the calendar's business; an
event that causes another one in the future writes it into a row (a purchase order with its ``due_min``, a waiting line
with its ``until_min``) and counts it in ``run.news``.
"""

"""What is said of a plan: why tactics are parked, what would bring them in, and what more would be worth most.

bottleneck       What a little more of each thing that is short would add to the sprint: planned with it, and
             ranked
claims           What is said of tactics: why one is not in the sprint, what would bring it in, and where it
             stands
ejection         Which placed tactic could make room for a parked one by itself, and whether it does if no
             other work moves
flow             Whether more work fits beside what is placed, if all work may be cut, shared and moved: a maximum
             flow
insertion        A parked tactic beside what is placed: who would have to leave for it, or what would have to
             be added
insertion_model  Room for parked tactics beside what is placed, as a small model: who would leave for them, or
             what help they take
least            The least that brings a parked tactic in, by planning with it: the cheapest swap there is,
             and the least cash
reason           Why each candidate that was not placed is parked
slack            A parked tactic put into the hours that placed work leaves free: what does not go in is what
             others must do
suggestions      The best change that would bring each parked tactic in, within an effort that is counted, not
             timed
tiers            What the order of tiers decided: which parked tactics value alone would have put into the
             sprint
"""

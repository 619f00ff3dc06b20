"""The integer program.

Sets:
    t interval (T), q queue (Q), p labour pool (P), j pattern of a pool on a day, k AI level of a queue,
    v a measured column of a queue: contacts lost, contacts not answered in time, minutes waited,
    c vendor paid by the minute, i piece of its fee

Parameters
----------
    a[j,t]      share of interval t that pattern j works
    phi[p]      effective agents one scheduled person of pool p gives
    floor[t,q,k] least agents of queue q in interval t at level k
    table v(m)  what is counted in interval t with m agents: convex and falling (docs/explanation/queueing.md)

Variables:
    x[p,j]      people of pool p on pattern j                  whole
    z[q,k]      queue q runs at AI level k                     0 or 1
    g[t,p]      effective agents of pool p present, where a column for them pays
    y[t,p,q]    effective agents of pool p on queue q, where sets of pools would be too many
    n[t,q]      effective agents on queue q
    V[t,q]      what is counted of queue q
    W[p]        headcount of pool p                            whole
    D[p]        desks of pool p                                whole
    c[o]        platform o is chosen                           0 or 1
    S[o]        seats with platform o                          whole
    o[t,c,q]    agents of vendor c on queue q, b[t,c,q] those of them who are busy
    P[c,i]      piece i of vendor c's fee is the one           0 or 1
    M[c,i]      minutes billed there
    N[p]        seats ordered from the vendor of pool p        whole
    G[p]        the contract for them is on                    0 or 1
    E[p,i]      piece i of their fee is the one                0 or 1
    F[p,i]      seats there

Families:
    (M1) cover   (M2) supply   (M3) level   (M4) loss   (M5) promise   (M6) floor
    (M7) desks   (M8) largest day   (M9) days   (M10) hours   (M11) days off
    (M12) used patterns   (M13) distinct patterns   (M14) fewest people
    (M15) sharing   (M16) whole people   (M17) least hours   (M18) overflow   (M19) fee
    (M20) technology   (M21) platform seats   (M22) chosen seats   (M23) allowed pools
    (M24) attracts   (M25) answering
    (M30) seats suffice   (M31) seat pieces   (M32) seats kept

docs/explanation/model.md holds the equations; each family is one function of the same name.
"""

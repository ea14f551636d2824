# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3 (ipykernel)
#     language: python
#     name: python3
# ---

# %% [markdown]
# # 6. Review: do the segments still hold?
#
# Work from top to bottom; every answer is saved as you give it. If nothing here can be clicked, choose
# **Run → Run All Cells** in the menu once.

# %%
from segkit import open_workbook
from segkit.show import frame
from segkit.show import goal_met as met
from segkit.show import review as show
from segkit.widgets import export, history
from segkit.widgets import review as ask

wb = open_workbook()
frame.opening(wb, "review")

# %%
history.turn_back(wb)

# %% [markdown]
# **In this notebook** you read in a later period, see who moved from one segment to another and what is new, and decide what to
# adjust.
#
# **You need** a new export of your orders, some months later. The sample business comes with its next six months.
#
# Customers move, and trends appear out of nowhere. Segments that nobody looks at again are out of date within a year.

# %% [markdown]
# ## The later period

# %%
ask.later_period(wb)

# %% tags=["report"]
show.later_period(wb)

# %% [markdown]
# ## Who moved?
#
# Each row is a segment before, each column a segment after. Those who stayed are on the diagonal. The lines between the
# segments are the old ones: if they were redrawn each time, a decline across all customers would not show.

# %% tags=["report"]
show.migration(wb)

# %% tags=["report"]
show.sizes(wb)

# %% [markdown]
# To take this back to your shop or mailing software: a file of customers, each with the current segment and the previous one.

# %%
export.moved(wb)

# %% [markdown]
# ## Have the customers changed?
#
# The table compares how customers are spread before and after, in one figure (the **population stability index**): 0 means no
# change, and it grows with the difference. Small differences are chance, so the table also shows how large chance alone can
# make it.

# %% tags=["report"]
show.shifts(wb)

# %% [markdown]
# ## Is there a new trend?

# %% tags=["report"]
show.trends(wb)

# %% [markdown] tags=["report"]
# ### Our goals since then

# %% tags=["report"]
met.since_then(wb)

# %% [markdown]
# ## What do you adjust?

# %%
ask.adjust(wb)

# %% [markdown] tags=["report"]
# ### What we decided

# %% tags=["report"]
show.decision(wb)

# %% [markdown]
# ## The report for your colleagues
#
# One page with your goals, segments, personas and plans, without code. It opens in any browser, without Jupyter and without the
# internet.

# %%
export.report(wb)

# %% [markdown]
# ## Try it
#
# Look at the trend that grew most. In which segment would you look for the people behind it, and does your plan for that
# segment mention it?
#
# <details><summary>A hint</summary>Compare it with the persona cards of notebook 4.</details>
#
# <details><summary>One good answer</summary>If a segment took up something new of its own accord, put it into that segment's
# plan and message first, and check at the next review whether the others follow.</details>

# %% [markdown]
# ## Check yourself
#
# - Is the date of the next review in somebody's calendar?
# - Do you know which segment lost the most customers, and where they went?
# - Has anything happened that calls for forming the segments afresh?
#
# **You now have** a segmentation with a history.
